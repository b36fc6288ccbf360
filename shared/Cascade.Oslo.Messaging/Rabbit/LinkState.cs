namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>How one connection is.</summary>
/// <param name="Purpose">What it is for: <c>send</c>, <c>listen</c>, …</param>
/// <param name="Host">The host that it is on, or that was tried last.</param>
/// <param name="Trouble">What keeps it from its work; null when nothing does.</param>
public sealed record LinkState(string Purpose, string Host, string? Trouble);
