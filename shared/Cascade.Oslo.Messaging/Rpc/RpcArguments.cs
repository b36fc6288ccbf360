using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>
/// Keyword arguments into a call's record. What is missing or half is told the way Python tells it; what is unknown is ignored: a newer
/// parent may send more than we know (D15).
/// </summary>
static class RpcArguments
{
    public static TCall Read<TCall>(RpcRequest request)
        where TCall : IRpcCall<TCall>
    {
        var arguments = request.Arguments;
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"{request.Method}() argument after ** must be a mapping, not {arguments.ValueKind}");
        }

        if (Missing(TCall.Wire, arguments) is { Count: > 0 } missing)
        {
            throw Wrong($"{request.Method}() missing {missing.Count} required argument{(missing.Count > 1 ? "s" : "")}: {string.Join(", ", missing)}");
        }

        try
        {
            return arguments.Deserialize(TCall.Wire) ?? throw Wrong($"{request.Method}() has no arguments");
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException or FormatException)
        {
            throw Wrong($"{request.Method}() cannot read {(refused as JsonException)?.Path ?? "its arguments"}{Ours(refused)}");
        }
    }

    static List<string> Missing(JsonTypeInfo wire, JsonElement arguments)
    {
        List<string> missing = [];
        foreach (var property in wire.Properties)
        {
            var needed = property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false };
            if (needed && !arguments.TryGetProperty(property.Name, out _))
            {
                missing.Add($"'{property.Name}'");
            }
        }

        return missing;
    }

    // The serializer's own words name .NET types, which mean nothing to the caller; our converters' words do not.
    static string Ours(Exception refused) =>
        refused.Message.Contains("System.", StringComparison.Ordinal) || refused.Message.Contains("The JSON value", StringComparison.Ordinal)
            ? ""
            : ": " + refused.Message;

    static UnservableException Wrong(string text) => new(OsloFaults.TypeError(text));
}
