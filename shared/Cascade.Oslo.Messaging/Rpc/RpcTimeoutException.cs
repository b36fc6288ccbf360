namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>No answer came in time (oslo_messaging: MessagingTimeout). Whether the request was served is not known.</summary>
public sealed class RpcTimeoutException(string message) : TimeoutException(message);
