using System.Globalization;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Topology;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Serving;

/// <summary>How deep our queues are, looked at every few seconds: for gauges and <c>status</c>, which must not wait for a broker.</summary>
sealed class QueueLooks(RabbitTransport transport, ServingSwitch serving, TimeProvider time, ILogger<QueueLooks> log) : IWorker, IStatusSource
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    volatile IReadOnlyList<QueueDepth> last = [];

    string IWorker.Name => "queues";

    string IStatusSource.Name => "queues";

    /// <summary>As they were at the last look; none when that failed, or when this copy is not the active one.</summary>
    public IReadOnlyList<QueueDepth> Last => last;

    public async Task RunAsync(CancellationToken cancelled)
    {
        try
        {
            while (true)
            {
                last = await LookAsync(cancelled);
                await Task.Delay(Period, time, cancelled);
            }
        }
        finally
        {
            last = [];
        }
    }

    public IEnumerable<KeyValuePair<string, string>> Read() => last.Select(depth => KeyValuePair.Create(
        depth.Queue.Shown,
        depth.Messages == 0
            ? $"empty, {depth.Consumers} consumer(s)"
            : string.Create(CultureInfo.InvariantCulture, $"{depth.Messages} waiting, for {depth.Waiting.TotalSeconds:0} s at the most, {depth.Consumers} consumer(s)")));

    async Task<IReadOnlyList<QueueDepth>> LookAsync(CancellationToken cancelled)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
            return await transport.Depths.ReadAsync(serving.Queues, either.Token);
        }
#pragma warning disable CA1031 // A broker that is away is said by everything else that needs it.
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.QueuesUnseen(log, fault.Message);
            return [];
        }
    }
}
