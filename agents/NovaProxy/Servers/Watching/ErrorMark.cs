using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>
/// That the instance was told of its server's error, with what it was before, in its system metadata: what an operator of the parent then makes of it is not
/// undone by telling it again, and when the server is well again only an error that came from there is taken back.
/// </summary>
internal static class ErrorMark
{
    const string Key = "cascade_before_error";

    public static string? Of(VersionedObject row) => (row.Data["system_metadata"] as JsonObject)?[Key]?.ToString();

    public static void Put(JsonObject metadata, string vmState) => metadata[Key] = vmState;

    public static void Remove(JsonObject metadata) => metadata.Remove(Key);
}
