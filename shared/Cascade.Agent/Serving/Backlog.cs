using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Topology;

namespace Cascade.Agent.Serving;

/// <summary>Asks the broker. What it has delivered already is with our handlers, who know what they work on.</summary>
sealed class Backlog(RabbitTransport transport, ServingSwitch serving) : IBacklog
{
    public async Task<bool> AnyAsync(CancellationToken cancelled) =>
        (await transport.Depths.ReadAsync(serving.Queues, cancelled)).Any(depth => depth is { Queue.Role: QueueRole.Topic or QueueRole.Parked, Messages: > 0 });
}
