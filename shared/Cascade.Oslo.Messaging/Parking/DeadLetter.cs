namespace Cascade.Oslo.Messaging.Parking;

/// <summary>A message that was given up, as an operator sees it. Its arguments and its token are not shown.</summary>
/// <param name="Id">The sender's <c>_unique_id</c>, or the place in the queue (<c>#3</c>) when it has none that can be read.</param>
/// <param name="Method">Null when the message cannot be read.</param>
/// <param name="Reason">Why it was given up.</param>
/// <param name="At">When.</param>
/// <param name="Size">Bytes of its body.</param>
public sealed record DeadLetter(string Id, string? Method, string? RequestId, string Reason, DateTimeOffset? At, int Size);
