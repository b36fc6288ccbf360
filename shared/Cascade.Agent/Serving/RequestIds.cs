using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Agent.Serving;

/// <summary>Request ids of work that we begin ourselves (oslo_context/context.py: generate_request_id).</summary>
public static class RequestIds
{
    public static string New() => $"req-{Guid.NewGuid():D}";

    /// <summary>An administrator's context for our own work. With <c>read_deleted</c> yes a nova-conductor shows deleted rows too.</summary>
    public static RpcContext Admin(string readDeleted = "no") => RpcContext.Admin(New(), readDeleted);
}
