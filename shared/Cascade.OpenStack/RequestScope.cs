namespace Cascade.OpenStack;

/// <summary>
/// The request of the parent that everything done here belongs to. Its id goes to the child as <c>X-OpenStack-Request-ID</c>, where
/// oslo.middleware takes it as the global request id if it has the form <c>req-</c> + UUID (oslo_middleware/request_id.py: ID_FORMAT).
/// </summary>
public static class RequestScope
{
    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>The id that requests of this flow carry, or null.</summary>
    public static string? Current => Ambient.Value;

    /// <summary>Sets the id for the flow that follows, until the result is disposed of.</summary>
    /// <param name="requestId">The parent's id, <c>req-…</c>; null sends none.</param>
    public static IDisposable Enter(string? requestId)
    {
        var before = new Restore(Ambient.Value);
        Ambient.Value = requestId;
        return before;
    }

    private sealed class Restore(string? before) : IDisposable
    {
        public void Dispose() => Ambient.Value = before;
    }
}
