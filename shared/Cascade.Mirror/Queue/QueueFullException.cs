namespace Cascade.Mirror.Queue;

/// <summary>A <see cref="KeyedQueue"/> has no room: the source hands out more than it was told to.</summary>
public sealed class QueueFullException(int capacity) : Exception($"the queue holds its {capacity} entries; lower the prefetch or raise the capacity");
