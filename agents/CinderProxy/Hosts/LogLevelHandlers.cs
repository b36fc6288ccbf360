using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Hosts;

/// <summary>What an administrator asks of our log (cinder/manager.py: Manager.set_log_levels, get_log_levels): it holds until the agent is started again.</summary>
internal sealed class LogLevelHandlers(ILogLevels levels)
    : IHandle<SetLogLevels>, IHandle<GetLogLevels>, IHandle<SetBackupLogLevels>, IHandle<GetBackupLogLevels>
{
    public Task<JsonNode?> HandleAsync(SetLogLevels call, RpcContext context, CancellationToken cancelled) => Set(call.LogRequest);

    public Task<JsonNode?> HandleAsync(GetLogLevels call, RpcContext context, CancellationToken cancelled) => Get(call.LogRequest);

    /// <summary>Both services are one process with one log.</summary>
    public Task<JsonNode?> HandleAsync(SetBackupLogLevels call, RpcContext context, CancellationToken cancelled) => Set(call.LogRequest);

    public Task<JsonNode?> HandleAsync(GetBackupLogLevels call, RpcContext context, CancellationToken cancelled) => Get(call.LogRequest);

    Task<JsonNode?> Set(VersionedObject request)
    {
        var wanted = CinderLogLevel.Read(request);
        if (!levels.TrySet(wanted.Prefix ?? "", wanted.Level ?? ""))
        {
            throw CinderFaults.InvalidInput($"'{wanted.Level}' is no level: write DEBUG, INFO, WARNING, ERROR or CRITICAL");
        }

        return Task.FromResult<JsonNode?>(null);
    }

    Task<JsonNode?> Get(VersionedObject request)
    {
        var prefix = CinderLogLevel.Read(request).Prefix ?? "";
        return Task.FromResult<JsonNode?>(CinderLogLevel.List(levels.Of(prefix).Select(one => new CinderLogLevel(one.Key, one.Value))).ToJson());
    }
}
