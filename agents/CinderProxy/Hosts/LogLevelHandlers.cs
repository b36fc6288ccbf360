using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Hosts;

/// <summary>What an administrator asks of our log (cinder/manager.py: Manager.set_log_levels, get_log_levels): it holds until the agent is started again.</summary>
internal sealed class LogLevelHandlers(ILogLevels levels) : IHandle<SetLogLevels>, IHandle<GetLogLevels>
{
    public Task<JsonNode?> HandleAsync(SetLogLevels call, RpcContext context, CancellationToken cancelled)
    {
        var wanted = CinderLogLevel.Read(call.LogRequest);
        if (!levels.TrySet(wanted.Prefix ?? "", wanted.Level ?? ""))
        {
            throw CinderFaults.InvalidInput($"'{wanted.Level}' is no level: write DEBUG, INFO, WARNING, ERROR or CRITICAL");
        }

        return Task.FromResult<JsonNode?>(null);
    }

    public Task<JsonNode?> HandleAsync(GetLogLevels call, RpcContext context, CancellationToken cancelled)
    {
        var prefix = CinderLogLevel.Read(call.LogRequest).Prefix ?? "";
        return Task.FromResult<JsonNode?>(CinderLogLevel.List(levels.Of(prefix).Select(one => new CinderLogLevel(one.Key, one.Value))).ToJson());
    }
}
