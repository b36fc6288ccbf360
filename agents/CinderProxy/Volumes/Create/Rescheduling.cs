using System.Text.Json;
using Cascade.Contracts.Cinder;
using Cascade.Contracts.Cinder.Scheduler;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>Hands a create back to the schedulers, to be tried elsewhere (cinder/volume/flows/manager/create_volume.py: OnFailureRescheduleTask._reschedule).</summary>
internal sealed class Rescheduling(IRpcCaller bus, ILogger<Rescheduling> log)
{
    public static bool IsPossible(CreateVolume call) => RescheduleVolume.CanBe(call);

    /// <param name="reason">For whoever reads the scheduler's log.</param>
    public async Task HandBackAsync(CreateVolume call, RpcContext context, string reason, CancellationToken cancelled)
    {
        var question = RescheduleVolume.Of(call, reason);
        await bus.CastAsync(
            new(CinderTopics.Scheduler, RescheduleVolume.Name.Since),
            RescheduleVolume.Name.Method,
            JsonSerializer.SerializeToNode(question, RescheduleVolume.Wire)!.AsObject(),
            // The scheduler of Debian's Zed raises without the member (cinder/context.py: RequestContext.from_dict).
            context.Elevated("no"),
            cancelled);
        Log.HandedBack(log, question.Volume.Text("id") ?? "-", reason);
    }
}
