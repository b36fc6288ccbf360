using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>What is asked about a server's power, put together.</summary>
internal static class PowerRoom
{
    public static IServiceCollection AddPower(this IServiceCollection services)
    {
        services.AddSingleton<PowerOrders>();
        services.AddSingleton<RebootServer>();
        services.AddSingleton<IServerOperation, RebootOperation>();
        services.AddSingleton<CrashDumps>();
        services.AddSingleton<CrashDumpServer>();
        services.AddSingleton<IServerOperation, CrashDumpOperation>();
        foreach (var order in PowerOrder.All)
        {
            services.AddSingleton<IServerOperation>(
                provider => new PowerOperation(order, provider.GetRequiredService<PowerOrders>(), provider.GetRequiredService<OrderEnd>()));
        }

        return services;
    }
}
