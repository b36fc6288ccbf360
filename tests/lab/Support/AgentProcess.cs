namespace Cascade.Lab.Support;

/// <summary>Nova-Proxy of one child, started and ended by the lab's own script, as a person would.</summary>
sealed class AgentProcess(string child)
{
    public Task StartAsync() => Shell.LabAsync("agent", "start", child);

    public Task StopAsync() => Shell.LabAsync("agent", "stop", child);

    /// <summary>SIGKILL: nothing is said goodbye to.</summary>
    public Task KillAsync() => Shell.LabAsync("agent", "kill", child);

    public Task<string> LogAsync() => Shell.LabAsync("agent", "log", child);
}
