namespace Cascade.Oslo.Messaging.Publishing;

/// <summary>No queue takes a mandatory message (basic.return 312 NO_ROUTE).</summary>
sealed class UnroutableException(string routingKey, Exception inner) : Exception($"no queue takes {routingKey}", inner);
