/**
 * The PowerShell that runs a script of a workflow, with the cmdlets it may use. The script, the trigger and the actions come as JSON on the
 * standard input; what is pushed is the last line of the standard output. Source: "Add and run PowerShell scripts", custom commands.
 */
import { resultMark } from './csharpProgram';

/** Arguments of `pwsh`. */
export const powershellArguments: readonly string[] = [
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  String.raw`
$global:__workflow = [Console]::In.ReadToEnd() | ConvertFrom-Json -AsHashtable -Depth 100
$global:__pushed = $null
$global:__isPushed = $false
$env:PSModulePath = (Join-Path (Get-Location) 'Modules') + [IO.Path]::PathSeparator + $env:PSModulePath
function Get-TriggerOutput { [PSCustomObject]$global:__workflow.trigger }
function Get-ActionOutput {
  param([Parameter(Mandatory)][string]$ActionName)
  $name = $global:__workflow.actions.Keys | Where-Object { $_ -ieq $ActionName } | Select-Object -First 1
  if ($null -eq $name) { throw "No action '$ActionName' has run before this one." }
  [PSCustomObject]$global:__workflow.actions[$name]
}
function Push-WorkflowOutput {
  param([Parameter(Mandatory, ValueFromPipeline)]$Output, [switch]$Clobber)
  if ($global:__isPushed -and -not $Clobber) { throw 'An output has been pushed already. Use -Clobber to replace it.' }
  $global:__pushed = $Output
  $global:__isPushed = $true
}
try { . ([scriptblock]::Create($global:__workflow.script)) | Out-Host }
catch { [Console]::Error.WriteLine($_.ToString() + ' ' + $_.InvocationInfo.PositionMessage); exit 1 }
[Console]::Out.WriteLine()
if ($global:__isPushed) { [Console]::Out.WriteLine('${resultMark}' + (ConvertTo-Json -InputObject $global:__pushed -Depth 100 -Compress)) }
`,
];
