namespace Cascade.Oslo.Messaging.Topology;

/// <summary>An exchange as oslo.messaging declares it.</summary>
sealed record ExchangeSpec(string Name, string Type, bool Durable, bool AutoDelete);

/// <summary>A queue as oslo.messaging, or we alone, declare it.</summary>
sealed record QueueSpec(string Name, bool Durable, bool AutoDelete, IReadOnlyDictionary<string, object?> Arguments)
{
    public Dictionary<string, object?> ArgumentTable => new(Arguments);
}
