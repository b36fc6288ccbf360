using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Neutron;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Server;

/// <inheritdoc cref="INeutronServer"/>
public sealed class NeutronServer(IRpcCaller caller, Current<AgentOptions> options, TimeProvider time, ILogger<NeutronServer> log) : INeutronServer
{
    readonly MethodTimeouts timeouts = new();

    public async Task<TReply> AskAsync<TReply>(IPluginCall<TReply> call, CancellationToken cancelled, TimeSpan? timeout = null)
    {
        var standard = options.Value.RpcResponseTimeout;
        var name = call.Method;
        var allowed = timeout ?? timeouts.Of(name, standard);
        try
        {
            var target = new RpcTarget(call.SentTo, name.Since, Namespace: name.Namespace);
            return call.Read(await caller.CallAsync(target, name.Method, call.Arguments(), Context(), allowed, cancelled: cancelled));
        }
        catch (RpcTimeoutException) when (timeout is null)
        {
            var next = timeouts.Double(name, allowed, standard);
            var pause = (allowed < standard ? allowed : standard) * Random.Shared.NextDouble();
            Log.ServerSilent(log, name.Method, allowed.TotalSeconds, next.TotalSeconds, pause.TotalSeconds);
            await Task.Delay(pause, time, cancelled);
            throw;
        }
    }

    /// <summary>Without <c>is_admin</c> the server shows what the project null owns: nothing.</summary>
    static RpcContext Context() => new(new JsonObject
    {
        ["is_admin"] = true,
        ["roles"] = new JsonArray("admin", "member", "reader"),
        ["request_id"] = RequestIds.New(),
    });
}
