// Loaded before a measured program (node --import): leaves what its process took in the file COST_FILE.
// Plain JavaScript, because stripping types would be part of what is measured.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cost = { cpu: (userCPUTime + systemCPUTime) / 1000, peak: maxRSS / 1024 };
  if (process.env.COST_FILE) writeFileSync(process.env.COST_FILE, JSON.stringify(cost));
});
