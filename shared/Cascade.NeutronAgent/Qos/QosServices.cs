using Cascade.NeutronAgent.Hints;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NeutronAgent.Qos;

/// <summary>QoS policies, put together. The agent runs the agenda <see cref="QosMirroring.Policies"/> among its own.</summary>
public static class QosServices
{
    public static IServiceCollection AddQosPolicies(this IServiceCollection services, QosUse use) => services
        .AddSingleton(use)
        .AddSingleton<QosMirroring>()
        .AddSingleton<IQosPolicies>(all => all.GetRequiredService<QosMirroring>())
        .AddSingleton<IRecovery>(all => all.GetRequiredService<QosMirroring>())
        .AddSingleton<IHints>(all => all.GetRequiredService<QosMirroring>());
}
