using System.Diagnostics;
using Cascade.Oslo.Wire.Rpc;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>One delivery of a message, good as long as its channel.</summary>
/// <param name="Message">The inner message, for those who must send it on.</param>
/// <param name="Parked">It came out of the parking queue.</param>
/// <param name="Acknowledged">It was acknowledged on delivery.</param>
sealed record Delivery(IChannel Channel, ulong Tag, byte[] Message, bool Parked, bool Acknowledged)
{
    /// <summary>The sender's trace; none when it has none.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>Ours to put somewhere else; otherwise the broker has it again.</summary>
    public bool IsOurs => Acknowledged || Channel.IsOpen;
}

/// <summary>One request from its first delivery to its end; it may be delivered again meanwhile.</summary>
sealed class Work(RpcRequest request, long sequence, long since)
{
    public RpcRequest Request => request;

    /// <summary>The order of first deliveries within this process.</summary>
    public long Sequence => sequence;

    /// <summary>TimeProvider's timestamp of the first delivery.</summary>
    public long Since => since;

    /// <summary>Guarded by the <see cref="WorkBook"/>.</summary>
    public List<Delivery> Deliveries { get; } = new(1);

    /// <summary>How many lives it was with that died.</summary>
    public int Deaths { get; set; }

    /// <summary>It is noted that this life began it.</summary>
    public bool Suspect { get; set; }

    /// <summary>It came out of the parking queue, and belongs at its head.</summary>
    public bool Parked { get; init; }

    /// <summary>The trace of the first delivery.</summary>
    public ActivityContext Trace { get; init; }

    public string Method => request.Method;

    public string RequestId => request.Context.RequestId ?? "-";
}

/// <summary>How serving ended.</summary>
enum Ending
{
    Done,
    Fault,
    Park,
    Dead,

    /// <summary>We stop: it stays the broker's and comes again.</summary>
    Left,
}
