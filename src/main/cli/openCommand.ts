export interface OpenCommand {
  readonly program: string
  readonly args: readonly string[]
}

/**
 * What opens an address in the person's browser. No shell sees the address.
 *
 * @returns undefined where there is no screen to open it on, such as a machine that one is logged in to by ssh
 */
export function openCommand(
  address: string,
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): OpenCommand | undefined {
  if (platform === 'darwin') return { program: 'open', args: [address] }
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler', address] }
  if (environment['WSL_DISTRO_NAME']) return { program: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', address] }
  const hasScreen = environment['DISPLAY'] || environment['WAYLAND_DISPLAY']
  return hasScreen ? { program: 'xdg-open', args: [address] } : undefined
}
