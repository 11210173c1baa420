import { spawn } from 'node:child_process';

export class Plugin {
  async get_password_list(): Promise<{ passwords: string[] }> {
    if (Math.random() < 0.5) spawn('sleep', ['600'], { detached: Math.random() < 0.5, stdio: 'inherit' });
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
    return { passwords: ['p'] };
  }

  session_ended(): void {}
}
