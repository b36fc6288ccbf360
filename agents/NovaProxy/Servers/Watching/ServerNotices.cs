using Cascade.Contracts.Nova.Notifications;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Wire.Notifications;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>
/// The child's own notifications of our servers, as hints: the watch looks at once. What they say is not believed, and one that is lost costs the time
/// to the next look.
/// </summary>
internal sealed class ServerNotices(ChildNoticesOptions options, LinkBook book, ServerWatching watching, ILoggerFactory loggers, TimeProvider time) : IWorker
{
    /// <summary>What comes together is one look: nova tells of the start and of every change of state, and commits the last one about when it tells of it.</summary>
    static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    public string Name => "child notifications";

    public async Task RunAsync(CancellationToken cancelled)
    {
        if (options.Bus is not { } bus)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancelled);
            return;
        }

        await using var transport = new RabbitTransport(bus, loggers, time);
        await using var listener = transport.CreateNotificationListener(options.Listening);
        using var heard = new Nudge(time);
        var hearing = listener.RunAsync(notification => Hear(notification, heard), null, cancelled);
        var looking = LookAsync(heard, cancelled);
        await await Task.WhenAny(hearing, looking);
    }

    void Hear(Notification notification, Nudge heard)
    {
        if (InstanceNotice.UuidOf(notification) is { } childId && book.ParentOf(childId) is not null)
        {
            heard.Give();
        }
    }

    async Task LookAsync(Nudge heard, CancellationToken cancelled)
    {
        while (true)
        {
            await heard.WaitAsync(Timeout.InfiniteTimeSpan, cancelled);
            await Task.Delay(Gathering, time, cancelled);
            watching.Nudge();
        }
    }
}
