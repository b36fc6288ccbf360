using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Cascade.Mirror.Vitals;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Agent.Tests.Telemetry;

/// <summary>Every metric that the product's meters have, whether anything was measured or not, under the names that Prometheus scrapes.</summary>
static class ExportedNames
{
    public static IReadOnlySet<string> All { get; } = Read();

    static HashSet<string> Read()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("Cascade.", StringComparison.Ordinal))
                    names.UnionWith(Of(instrument));
            },
        };
        listener.Start();
        foreach (var room in new[] { typeof(Ongoing), typeof(Cascade.Oslo.Messaging.RabbitTransport), typeof(Cascade.OpenStack.Cloud) })
        {
#pragma warning disable IL2026, IL2059 // Tests are never trimmed.
            var telemetry = room.Assembly.GetType(room.Assembly.GetName().Name + ".Telemetry", throwOnError: true)!;
            RuntimeHelpers.RunClassConstructor(telemetry.TypeHandle);
#pragma warning restore IL2026, IL2059
        }

        var time = TimeProvider.System;
        AgentOptions options = new("az-east", "127.0.0.1", null, "nova", default, default, default, default, 1, default);
        using var gauges = new AgentGauges(new("cascade-trial", "1", time.GetUtcNow()), options, new(time, NullLogger<AgentHealth>.Instance), [], [], [], []);
        return names;
    }

    // The Prometheus exporter of OpenTelemetry: dots are underscores, a unit in braces is a remark, a counter is a total.
    static IEnumerable<string> Of(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        var type = instrument.GetType().Name;
        return type.StartsWith("Counter", StringComparison.Ordinal) ? [$"{name}_total"]
            : type.StartsWith("Histogram", StringComparison.Ordinal) ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
            : [name];
    }
}
