using Cascade.NovaProxy.Servers.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Servers.Rescue;

/// <summary>Rescues, put together.</summary>
internal static class RescueRoom
{
    public static IServiceCollection AddRescue(this IServiceCollection services) => services
        .AddSingleton<RescueServer>()
        .AddSingleton<IServerOperation, RescueOperation>()
        .AddSingleton<IServerOperation, UnrescueOperation>();
}
