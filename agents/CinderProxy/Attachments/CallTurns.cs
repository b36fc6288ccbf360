using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Attachments;

/// <summary>
/// How a call about a volume is taken, for whose answer cinder-api waits 60 seconds: in the volume's turn, answered or refused well within them; a child that is away
/// is told at once. Permanent refusals are a 4xx: nova asks five times for a 500 (nova/volume/cinder.py: attachment_update, attachment_delete).
/// </summary>
internal sealed class CallTurns(KeyedQueue queue, ChildHealth health, TimeProvider time)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(50);

    public async Task<JsonNode?> TakeAsync(string volumeId, RpcContext context, Func<Turn, Task<JsonNode?>> answer, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        if (!health.Answers)
        {
            throw Away(health.Reason);
        }

        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancelled);
        try
        {
            return await queue.RunAsync(volumeId, answer, cancelled: either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            throw CinderFaults.VolumeBackendApi($"the child did not come to an end with volume {volumeId} within {Limit.TotalSeconds:0} s");
        }
        catch (CloudFault fault)
        {
            throw await OfAsync(fault, cancelled);
        }
        catch (Exception away) when (away is DatabaseAwayException or CommitUnknownException)
        {
            throw CinderFaults.VolumeBackendApi(away.Message, away);
        }
    }

    async Task<RpcFault> OfAsync(CloudFault fault, CancellationToken cancelled) =>
        fault.Kind is FaultKind.Unavailable && !await health.CheckAsync(cancelled) ? Away(ChildWords.Text(fault))
        : fault.Kind is FaultKind.Unavailable ? CinderFaults.VolumeBackendApi(ChildWords.Text(fault), fault)
        : CinderFaults.InvalidVolume($"the child refuses: {ChildWords.Text(fault)}", fault);

    static RpcFault Away(string? reason) => CinderFaults.InvalidVolume($"the cloud that holds this volume does not answer: {reason ?? "unknown"}. Try again later");
}
