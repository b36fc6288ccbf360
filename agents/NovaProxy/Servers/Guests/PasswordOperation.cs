using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Guests;

/// <summary>
/// A password that nobody sets any more: its call was lost, and nova-api has told its tenant so long ago. Nobody knows the password but he, so all that can be
/// done is to let the instance go. While the call is served nothing is judged, for it gives no order that a look could answer.
/// </summary>
internal sealed class PasswordOperation : IServerOperation
{
    public string Event => Events.Password;

    public bool IsUnderWay(Believed row) => row.TaskState == TaskStates.UpdatingPassword && row.VmState != VmStates.Building;

    public Verdict Judge(Believed row, Server seen, bool answers) => !answers
        ? Verdict.Nothing.Instance
        : new Verdict.OrderFailed("the call that should set the password was interrupted: set it again", ServerReport.PowerOf(seen), null);

    /// <summary>It never is done by looking.</summary>
    public Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled) => Task.CompletedTask;

    public Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) => Task.CompletedTask;
}
