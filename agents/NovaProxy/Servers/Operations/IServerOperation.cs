using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Operations;

/// <summary>
/// Something asked of a server that the child takes now and ends later. A handler gives the order in the message's turn and leaves the event open; the watch
/// judges what it sees by the operation that the parent's row says is under way; a later life finds it in the row and goes on. So a new operation is a
/// handler, one of these, and a line where they are registered.
/// </summary>
internal interface IServerOperation
{
    /// <summary>The event that the handler opened (<see cref="Events"/>).</summary>
    string Event { get; }

    /// <summary>Whether the row says that it is under way. At most one operation says so of any row.</summary>
    bool IsUnderWay(Believed row);

    /// <summary>
    /// Pure. <see cref="Verdict.Nothing"/> while it may still come, <see cref="Verdict.Done"/>, or <see cref="Verdict.OrderFailed"/>.
    /// </summary>
    /// <param name="answers">True when this sight is younger than the order, so that what it shows is the order's outcome.</param>
    Verdict Judge(Believed row, Server seen, bool answers);

    /// <summary>
    /// Asks the child for more before a failure is told: for its own words, or because the sight alone can mislead. May find that it has not failed.
    /// </summary>
    Task<Verdict> ReviewAsync(VersionedObject row, Server seen, Verdict.OrderFailed failed, CancellationToken cancelled) => Task.FromResult<Verdict>(failed);

    /// <summary>Pure. What it means that the child confirmed that the server is not there.</summary>
    Verdict JudgeGone(Believed row) => Verdict.Vanished.Instance;

    /// <summary>Writes what native writes at the end and closes the event. Within the instance's turn; may be called again when it could not end.</summary>
    /// <param name="seen">Null when the child confirmed that it is not there.</param>
    Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled);

    /// <summary>Undoes what must not be left behind by a failure, before the fault is told. Within the instance's turn; may be called again.</summary>
    Task CleanUpAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled) => Task.CompletedTask;

    /// <summary>
    /// No message brings it back and nobody works on it: gives the order again where that is safe, for the child may not have heard it. Within the instance's turn.
    /// What the child then shows is judged as always.
    /// </summary>
    Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled);
}
