using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Wire.Failures;

/// <summary>The faults that belong to no service: oslo.messaging's own, and those of the language.</summary>
public static class OsloFaults
{
    /// <summary>Nobody allows this module, so a Python caller sees RemoteError with the class as <c>exc_type</c>, and branches on that.</summary>
    const string Dispatcher = "oslo_messaging.rpc.dispatcher";

    /// <summary>oslo_messaging/rpc/dispatcher.py: NoSuchMethod.</summary>
    public static RpcFault NoSuchMethod(string method) => new(Dispatcher, "NoSuchMethod", $"Endpoint does not support RPC method {method}");

    /// <summary>oslo_messaging/rpc/dispatcher.py: UnsupportedVersion.</summary>
    public static RpcFault UnsupportedVersion(RpcRequest request) =>
        new(Dispatcher, "UnsupportedVersion", $"Endpoint does not support RPC version {request.VersionText}. Attempted method: {request.Method}");

    /// <summary>What Python raises for a keyword argument that is missing or unexpected.</summary>
    public static RpcFault TypeError(string text) => new("builtins", "TypeError", text);

    /// <summary>What a driver raises for what it cannot do; nova's and cinder's managers know it.</summary>
    public static RpcFault NotImplemented(string text) => new("builtins", "NotImplementedError", text);

    /// <summary>Our own fault: the caller learns that it failed and where to look, not how.</summary>
    public static RpcFault Unexpected(string? requestId) => new("builtins", "RuntimeError", $"The request {requestId ?? "-"} failed unexpectedly. The log of the service has the cause.");
}
