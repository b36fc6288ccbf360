using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Hosts;

/// <summary>How long this agent is up, in the words of uptime(1): nova-api before 2.88 takes it apart by a pattern (hypervisors.py: HypervisorsController.uptime).</summary>
internal sealed class GetHostUptimeHandler(AgentIdentity agent, TimeProvider time) : IHandle<GetHostUptime>
{
    public Task<JsonNode?> HandleAsync(GetHostUptime call, RpcContext context, CancellationToken cancelled) =>
        Task.FromResult<JsonNode?>(Line(time.GetUtcNow(), agent.Started));

    internal static string Line(DateTimeOffset now, DateTimeOffset started)
    {
        var up = now - started;
        var days = up.Days switch { 0 => "", 1 => "1 day, ", var many => $"{many} days, " };
        return string.Create(
            CultureInfo.InvariantCulture, $" {now.UtcDateTime:HH:mm:ss} up {days}{up.Hours,2}:{up.Minutes:00},  0 users,  load average: 0.00, 0.00, 0.00");
    }
}
