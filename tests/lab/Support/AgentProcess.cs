using System.Text.Json.Nodes;

namespace Cascade.Lab.Support;

/// <summary>An agent of one child, started and ended by the lab's own script, as a person would.</summary>
/// <param name="kind">nova, l2, l3 or cinder.</param>
sealed class AgentProcess(string child, string kind = "nova")
{
    /// <param name="settings">Options of this start only, as OS_GROUP__OPTION=value.</param>
    public Task StartAsync(params string[] settings) =>
        Shell.RunAsync("env", [.. settings, Path.Combine(Shell.Lab, "agent"), "start", child, kind], TimeSpan.FromMinutes(5));

    public Task StopAsync() => Shell.LabAsync("agent", "stop", child, kind);

    /// <summary>SIGKILL: nothing is said goodbye to.</summary>
    public Task KillAsync() => Shell.LabAsync("agent", "kill", child, kind);

    /// <summary>That it runs, and as which process.</summary>
    public Task<string> RunningAsync() => Shell.LabAsync("agent", "status", child, kind);

    /// <summary>What its /status says.</summary>
    public async Task<JsonNode> StatusAsync() => JsonNode.Parse(await Shell.LabAsync("agent", "ops", child, kind))!;

    public Task<string> LogAsync() => Shell.LabAsync("agent", "log", child, kind);
}
