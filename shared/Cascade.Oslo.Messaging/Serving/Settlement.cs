using Cascade.Oslo.Messaging.Parking;
using Cascade.Oslo.Messaging.Rabbit;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>Tells the broker what became of deliveries. One whose channel has gone is the broker's again, and comes back as a duplicate.</summary>
sealed class Settlement(Suspicions suspicions, ILogger log)
{
    public async Task AcknowledgeAsync(IEnumerable<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            await AcknowledgeAsync(delivery);
        }
    }

    /// <returns>False when it could not be written any more.</returns>
    public async ValueTask<bool> AcknowledgeAsync(Delivery delivery)
    {
        if (delivery.Acknowledged)
        {
            return true;
        }

        try
        {
            await delivery.Channel.BasicAckAsync(delivery.Tag, multiple: false, CancellationToken.None);
            return true;
        }
        catch (Exception lost) when (ChannelEnd.IsClosed(lost))
        {
            Log.AckLost(log, lost.Message);
            return false;
        }
    }

    /// <summary>Back to its place at the head of its queue; one that was acknowledged on delivery cannot go back.</summary>
    public static async Task ReturnAsync(Delivery delivery)
    {
        if (delivery.Acknowledged)
        {
            return;
        }

        try
        {
            await delivery.Channel.BasicNackAsync(delivery.Tag, multiple: false, requeue: true, CancellationToken.None);
        }
        catch (Exception lost) when (ChannelEnd.IsClosed(lost))
        {
            // That is what its end does by itself.
        }
    }

    /// <summary>It was served: its notes fade by themselves.</summary>
    public void Trust(Work work)
    {
        if (work is { Suspect: true, Request.UniqueId: { } id })
        {
            suspicions.Forget(id);
        }
    }

    /// <summary>What was suspected of killing us has not, and comes again.</summary>
    public async Task ClearAsync(Work work, CancellationToken cancelled)
    {
        if (work is { Suspect: true, Request.UniqueId: { } id })
        {
            work.Suspect = false;
            await suspicions.ClearAsync(id, cancelled);
        }
    }
}
