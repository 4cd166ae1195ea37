/**
 * The .NET program that runs a C# script of a workflow: the script as the body of a class, and a Main that calls its Run method. The
 * trigger and the actions come as JSON on the standard input; the result is the last line of the standard output.
 * Source: "Add and run C# scripts inline": imported namespaces, WorkflowContext, Run and its parameters.
 */

/** Begins the line that holds the result. */
export const resultMark = '--workflow-result--';

/** The files of the program, by name. Throws a RangeError for a script that needs what a single program cannot have. */
export function csharpProgram(script: string): ReadonlyMap<string, string> {
  const lines = script.replace(/^\uFEFF/, '').split(/\r?\n/);
  const load = lines.find((line) => /^\s*#load\b/.test(line));
  if (load !== undefined) throw new RangeError(`'${load.trim()}' is not supported on this machine.`);
  const isUsing = (line: string): boolean =>
    /^\s*using\s+(static\s+)?([\w.]+|\w+\s*=\s*[\w.<>, ]+)\s*;\s*(\/\/.*)?$/.test(line);
  const usings = lines.filter((line) => isUsing(line) && !/\bMicrosoft\.Azure\.WebJobs\b/.test(line));
  // Directives and imports leave an empty line behind, so that the compiler's line numbers are those of the script.
  const body = lines.map((line) => (isUsing(line) || /^\s*#r\b/.test(line) ? '' : line));
  return new Map([
    ['script.csproj', project],
    ['Host.cs', host],
    [
      'Script.cs',
      [
        ...imports,
        ...usings,
        'public static partial class WorkflowScript {',
        '#line 1 "script.csx"',
        ...body,
        '}',
        '',
      ].join('\n'),
    ],
  ]);
}

const imports = [
  'System',
  'System.Collections.Generic',
  'System.IO',
  'System.Linq',
  'System.Net.Http',
  'System.Threading',
  'System.Threading.Tasks',
].map((name) => `using ${name};`);

const project = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net8.0</TargetFramework>
    <RollForward>LatestMajor</RollForward>
    <ImplicitUsings>disable</ImplicitUsings>
    <Nullable>disable</Nullable>
    <LangVersion>latest</LangVersion>
    <WarningLevel>0</WarningLevel>
    <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
    <NoWarn>$(NoWarn);CS0105;CS1998;CS8632;NU1701</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
  </ItemGroup>
</Project>
`;

const host = `using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Azure.Workflows.Scripting;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.Azure.Workflows.Scripting
{
    public class WorkflowOperationResult
    {
        [JsonProperty("name")] public string Name { get; set; }
        [JsonProperty("inputs")] public JToken Inputs { get; set; }
        [JsonProperty("outputs")] public JToken Outputs { get; set; }
        [JsonProperty("startTime")] public DateTime? StartTime { get; set; }
        [JsonProperty("endTime")] public DateTime? EndTime { get; set; }
        [JsonProperty("trackingId")] public string TrackingId { get; set; }
        [JsonProperty("code")] public string Code { get; set; }
        [JsonProperty("status")] public string Status { get; set; }
        [JsonProperty("error")] public JToken Error { get; set; }
        [JsonProperty("trackedProperties")] public JToken TrackedProperties { get; set; }
    }

    public class WorkflowContext
    {
        private readonly JObject data;
        public WorkflowContext(JObject data) { this.data = data; }

        public Task<WorkflowOperationResult> GetTriggerResults() =>
            Task.FromResult(this.data["trigger"].ToObject<WorkflowOperationResult>());

        public Task<WorkflowOperationResult> GetActionResults(string actionName)
        {
            var found = ((JObject)this.data["actions"]).GetValue(actionName, StringComparison.OrdinalIgnoreCase);
            if (found == null) throw new ArgumentException("No action '" + actionName + "' has run before this one.");
            return Task.FromResult(found.ToObject<WorkflowOperationResult>());
        }

        public Task<WorkflowOperationResult> GetActionResult(string actionName) => this.GetActionResults(actionName);
    }
}

internal sealed class ScriptLogger : ILogger
{
    public IDisposable BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;
    public void Log<TState>(LogLevel level, EventId id, TState state, Exception error, Func<TState, Exception, string> format) =>
        Console.Error.WriteLine(format(state, error));
}

internal static class ScriptHost
{
    private static async Task<int> Main()
    {
        var settings = new JsonSerializerSettings { DateParseHandling = DateParseHandling.None };
        var data = JsonConvert.DeserializeObject<JObject>(await Console.In.ReadToEndAsync(), settings);
        var run = typeof(WorkflowScript)
            .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .FirstOrDefault(method => method.Name == "Run");
        if (run == null)
        {
            Console.Error.WriteLine("The script has no static method 'Run'.");
            return 1;
        }
        var arguments = run.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(WorkflowContext) ? new WorkflowContext(data)
            : parameter.ParameterType == typeof(ILogger) ? (object)new ScriptLogger()
            : parameter.ParameterType == typeof(CancellationToken) ? (object)CancellationToken.None
            : null).ToArray();
        try
        {
            var result = run.Invoke(null, arguments);
            if (result is Task task)
            {
                await task;
                var isGeneric = run.ReturnType.IsGenericType;
                result = isGeneric ? run.ReturnType.GetProperty("Result").GetValue(task) : null;
            }
            Console.Out.WriteLine();
            Console.Out.WriteLine("${resultMark}" + JsonConvert.SerializeObject(result, Formatting.None));
            return 0;
        }
        catch (Exception error)
        {
            var cause = error is TargetInvocationException && error.InnerException != null ? error.InnerException : error;
            Console.Error.WriteLine(cause.GetType().Name + ": " + cause.Message);
            return 1;
        }
    }
}
`;
