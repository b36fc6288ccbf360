using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>[DEFAULT]: who we are on the parent's bus and how patient we are. Names and defaults are oslo.messaging's and nova's.</summary>
/// <param name="Host">the name under which the parent knows this service; identical on every copy of one agent.</param>
/// <param name="MyIp">shown to the parent where it asks for an address.</param>
/// <param name="TransportUrl">the parent's bus.</param>
/// <param name="ControlExchange">topic exchange of the service we stand for.</param>
/// <param name="RpcResponseTimeout">wait for an answer (60 s).</param>
/// <param name="LongRpcTimeout">wait for an answer of a call with a call monitor (1800 s).</param>
/// <param name="ReportInterval">between two heartbeats (10 s).</param>
/// <param name="ServiceDownTime">after which the parent calls a silent service down (60 s).</param>
/// <param name="ExecutorThreadPoolSize">messages worked on at once (64).</param>
/// <param name="GracefulShutdownTimeout">what stopping may take (12 s; systemd kills after 15 s).</param>
public sealed record AgentOptions(
    string Host,
    string MyIp,
    TransportUrl? TransportUrl,
    string ControlExchange,
    TimeSpan RpcResponseTimeout,
    TimeSpan LongRpcTimeout,
    TimeSpan ReportInterval,
    TimeSpan ServiceDownTime,
    int ExecutorThreadPoolSize,
    TimeSpan GracefulShutdownTimeout)
{
    internal static AgentOptions Read(OptionReader reader, string controlExchange)
    {
        var group = reader.Group("DEFAULT");
        var options = new AgentOptions(
            Host: group.Text("host", Machine.HostName, "Name of this service in the parent, the same on every copy of this agent.", new() { Sample = "az-east" })!,
            MyIp: group.Text("my_ip", Machine.Address, "Address shown to the parent where it asks for one.", new() { Sample = "192.0.2.10" })!,
            TransportUrl: group.Transport(
                "transport_url",
                "The parent's message bus, as in its own services.",
                new() { Required = true, Sample = "rabbit://USER:PASSWORD@HOST:5672/" }),
            ControlExchange: group.Text("control_exchange", controlExchange, "Topic exchange of the parent's service.")!,
            RpcResponseTimeout: group.Seconds("rpc_response_timeout", 60, "Seconds to wait for the answer to a call.", Positive(mutable: true)),
            LongRpcTimeout: group.Seconds("long_rpc_timeout", 1800, "Seconds to wait for the answer to a call that shows signs of life.", Positive(mutable: true)),
            ReportInterval: group.Seconds("report_interval", 10, "Seconds between two heartbeats to the parent.", Positive(mutable: true)),
            ServiceDownTime: group.Seconds("service_down_time", 60, "Seconds of silence after which the parent calls a service down. Write what the parent has.", Positive()),
            ExecutorThreadPoolSize: group.Int(
                "executor_thread_pool_size", 64, "Messages worked on at the same time.", Positive() with { Max = 10_000, Deprecated = ["rpc_thread_pool_size"] }),
            GracefulShutdownTimeout: group.Seconds(
                "graceful_shutdown_timeout", 12, "Seconds that stopping may take; systemd ends the process after TimeoutStopSec.", Positive()));
        if (options.ServiceDownTime <= options.ReportInterval)
        {
            // nova/service.py Service.basic_config_check says the same.
            reader.Warn($"report_interval ({options.ReportInterval.TotalSeconds} s) must be less than service_down_time "
                + $"({options.ServiceDownTime.TotalSeconds} s), or this service flaps in the parent");
        }

        return options;
    }

    static OptionTraits Positive(bool mutable = false) => new() { Min = 1, Mutable = mutable };
}
