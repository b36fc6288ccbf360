using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>Resizes and cold migrations, put together.</summary>
internal static class ResizeRoom
{
    public static IServiceCollection AddResizes(this IServiceCollection services)
    {
        services.TryAddSingleton(new ResizeOptions());
        return services
            .AddSingleton<Migrations>()
            .AddSingleton<ResizeSteps>()
            .AddSingleton<ResizeOrder>()
            .AddSingleton<ResizeRollback>()
            .AddSingleton<ResizeLeftovers>()
            .AddSingleton<ResizeElsewhere>()
            .AddSingleton<ResizeStanding>()
            .AddSingleton<ResizeServer>()
            .AddSingleton<IServerOperation, ResizeOperation>()
            .AddSingleton<ConfirmSteps>()
            .AddSingleton<ConfirmServer>()
            .AddSingleton<RevertServer>()
            .AddSingleton<RevertOperation>()
            .AddSingleton<IServerOperation>(provider => provider.GetRequiredService<RevertOperation>())
            .AddSingleton<ResizeSettlement>()
            .AddSingleton<ResizeKeeper>()
            .AddSingleton<IWorker>(provider => provider.GetRequiredService<ResizeKeeper>());
    }
}
