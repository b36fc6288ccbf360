using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>One line of the contents page.</summary>
/// <param name="Handler">Null when it is declined.</param>
/// <param name="Reason">Why it is declined.</param>
public sealed record RpcTableEntry(string Method, string? Namespace, Type? Handler, string? Reason);

delegate Task<JsonNode?> RpcAnswer(IServiceProvider services, RpcRequest request, CancellationToken cancelled);

/// <summary>The methods of one namespace.</summary>
sealed class RpcSection(string? name, RpcVersion version)
{
    readonly Dictionary<string, RpcAnswer> answers = new(StringComparer.Ordinal);
    readonly List<RpcTableEntry> entries = [];

    public RpcVersion Version => version;

    public IReadOnlyList<RpcTableEntry> Entries => entries;

    public RpcAnswer? Find(string method) => answers.GetValueOrDefault(method);

    public void Add(RpcTableEntry entry, RpcAnswer answer)
    {
        if (!answers.TryAdd(entry.Method, answer))
        {
            throw new ArgumentException($"{entry.Method} stands twice in namespace '{name}'", nameof(entry));
        }

        entries.Add(entry);
    }
}
