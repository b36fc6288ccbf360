using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Actions: POSTs, sent once each. Conflict when the server's state does not allow it (or it has it already).</summary>
public sealed partial class Servers
{
    public Task StartAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("os-start"), cancelled);

    public Task StopAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("os-stop"), cancelled);

    public Task RebootAsync(Scope scope, string id, RebootType type, CancellationToken cancelled) =>
        ActAsync(scope, id, new ServerAction("reboot") { Argument = ("type", type is RebootType.Hard ? "HARD" : "SOFT", null) }, cancelled);

    /// <summary>Deletes at once even where the cloud keeps deleted servers for a while (<c>reclaim_instance_interval</c>).</summary>
    public Task ForceDeleteAsync(Scope scope, string id, CancellationToken cancelled) =>
        ActAsync(scope, id, new ServerAction("forceDelete"), cancelled);

    /// <summary>What the guest wrote to its serial console.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The server.</param>
    /// <param name="lines">The last so many lines; null for all that is kept.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<string> ConsoleOutputAsync(Scope scope, string id, int? lines, CancellationToken cancelled)
    {
        var action = new ServerAction("os-getConsoleOutput") { EmptyObject = true, Argument = lines is { } count ? ("length", null, count) : null };
        // Reads only, so it may be asked again.
        var request = ApiRequest.Post(ServerPaths.Action(id), action, ComputeJson.Default.ServerAction) with { Idempotent = true };
        return (await client.SendAsync(scope, request, ComputeJson.Default.ConsoleOutput, cancelled)).Output ?? "";
    }

    private Task ActAsync(Scope scope, string id, ServerAction action, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Post(ServerPaths.Action(id), action, ComputeJson.Default.ServerAction), cancelled);
}
