using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Actions: POSTs, sent once each. Conflict when the server's state does not allow it (or it has it already).</summary>
public sealed partial class Servers
{
    public Task StartAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("os-start"), cancelled);

    public Task StopAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("os-stop"), cancelled);

    public Task RebootAsync(Scope scope, string id, RebootType type, CancellationToken cancelled) =>
        ActAsync(scope, id, new ServerAction("reboot") { Argument = ("type", type is RebootType.Hard ? "HARD" : "SOFT", null) }, cancelled);

    public Task PauseAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("pause"), cancelled);

    public Task UnpauseAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("unpause"), cancelled);

    public Task SuspendAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("suspend"), cancelled);

    public Task ResumeAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("resume"), cancelled);

    /// <summary>Sends the guest a non-maskable interrupt (2.17). 202: what the hypervisor makes of it is told by the server's <see cref="ServerActions"/>.</summary>
    public Task TriggerCrashDumpAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            ApiRequest.Post(ServerPaths.Action(id), new ServerAction("trigger_crash_dump"), ComputeJson.Default.ServerAction) with
            {
                Floor = new(2, 17),
                FloorReason = "a crash dump",
            },
            cancelled);

    /// <summary>Says that the server is active and has no task, whatever it is; for administrators. May be said twice.</summary>
    public Task ResetToActiveAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            ApiRequest.Post(ServerPaths.Action(id), new ServerAction("os-resetState") { Argument = ("state", "active", null) }, ComputeJson.Default.ServerAction) with
            {
                Idempotent = true,
            },
            cancelled);

    /// <summary>Gives the guest's administrator a password; answers when the guest has it, or has refused it (409, 501).</summary>
    public Task ChangePasswordAsync(Scope scope, string id, string password, CancellationToken cancelled) =>
        ActAsync(scope, id, new ServerAction("changePassword") { Argument = ("adminPass", password, null) }, cancelled);

    /// <summary>Locks it for everybody but administrators and, where the scope is its own project, whoever is in it.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The server.</param>
    /// <param name="reason">2.73; null says none.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task LockAsync(Scope scope, string id, string? reason, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            ApiRequest.Post(
                ServerPaths.Action(id),
                new ServerAction("lock") { Argument = reason is null ? null : ("locked_reason", reason, null) },
                ComputeJson.Default.ServerAction) with
            {
                Idempotent = true,
                Floor = reason is null ? null : new(2, 73),
                FloorReason = "the reason of a lock",
            },
            cancelled);

    public Task UnlockAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.DoAsync(
            scope, ApiRequest.Post(ServerPaths.Action(id), new ServerAction("unlock"), ComputeJson.Default.ServerAction) with { Idempotent = true }, cancelled);

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
