using System.Text.Json.Serialization.Metadata;

namespace Cascade.OpenStack.Http;

internal static class Finding
{
    /// <summary>What a GET answers, or null when there is no such thing (404).</summary>
    public static async Task<TItem?> FindAsync<TBody, TItem>(
        this ServiceClient client, Scope scope, ApiRequest request, JsonTypeInfo<TBody> type, Func<TBody, TItem> read, CancellationToken cancelled)
        where TItem : class
    {
        try
        {
            return read(await client.SendAsync(scope, request, type, cancelled));
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            return null;
        }
    }
}
