using System.Text.Json.Nodes;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes.Attaching;

/// <summary>A message that comes again although its work is done: an earlier life could not say so any more, and only its event may still be open.</summary>
internal sealed class EarlierLife(ActionEvents events, ILogger<EarlierLife> log)
{
    /// <param name="fault">How it ended; null for well. An event that was finished is finished again with the same.</param>
    public async Task<JsonNode?> EndedAsync(string uuid, string name, RpcFault? fault, RpcContext context, CancellationToken cancelled)
    {
        await events.TryFinishAsync(log, context, uuid, name, fault, cancelled);
        return null;
    }
}
