using Microsoft.Extensions.Hosting;

namespace Cascade.Agent;

/// <summary>The way in.</summary>
public static class AgentHosting
{
    /// <summary>
    /// Makes the process an agent: reads the configuration of the command line, environment and files, and adds log, health, ops
    /// port, telemetry, systemd, signals and verbs. Nothing is built or started before <see cref="AgentBuilder.RunAsync()"/>.
    /// </summary>
    /// <param name="builder">an empty or default builder; its configuration and log providers are replaced.</param>
    /// <param name="name">what an operator types, <c>cascade-nova-proxy</c>.</param>
    /// <param name="args">the command line.</param>
    /// <param name="controlExchange">default of [DEFAULT] control_exchange: the service we stand for.</param>
    public static AgentBuilder AddAgent(this HostApplicationBuilder builder, string name, string[] args, string controlExchange = "openstack") =>
        new(builder, name, args, controlExchange);
}
