using System.Text.Json;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder;
using Cascade.Contracts.Cinder.Scheduler;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>Hands a create back to the schedulers, to be tried elsewhere (cinder/volume/flows/manager/create_volume.py: OnFailureRescheduleTask._reschedule).</summary>
internal sealed class Rescheduling(IRpcCaller bus, CinderDatabase database, ServiceIdentity service, ILogger<Rescheduling> log)
{
    public static bool IsPossible(CreateVolume call) => RescheduleVolume.CanBe(call);

    /// <param name="reason">For whoever reads the scheduler's log.</param>
    public async Task HandBackAsync(CreateVolume call, RpcContext context, string reason, CancellationToken cancelled)
    {
        var question = RescheduleVolume.Of(call, reason);
        var id = question.Volume.Text("id") ?? "-";
        await bus.CastAsync(
            new(CinderTopics.Scheduler, RescheduleVolume.Name.Since),
            RescheduleVolume.Name.Method,
            JsonSerializer.SerializeToNode(question, RescheduleVolume.Wire)!.AsObject(),
            // The scheduler of Debian's Zed raises without the member (cinder/context.py: RequestContext.from_dict).
            context.Elevated("no"),
            cancelled);
        Log.HandedBack(log, id, reason);
        await ReleaseAsync(id, question.Volume.Text("status") ?? VolumeStatus.Creating, cancelled);
    }

    /// <summary>After the schedulers were told, and only while it is ours: they claim it themselves. That this fails is no reason to tell them twice.</summary>
    async Task ReleaseAsync(string id, string status, CancellationToken cancelled)
    {
        try
        {
            await database.InTransactionAsync(work => work.Workers.ReleaseAsync(Workers.Volume, id, service.Id, status), cancelled);
        }
        catch (Exception fault) when (fault is DatabaseAwayException or CommitUnknownException)
        {
            Log.WorkerLeft(log, fault, id, fault.Message);
        }
    }
}
