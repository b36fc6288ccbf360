using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Consoles;

/// <summary>The consoles, put together.</summary>
internal static class ConsolesRoom
{
    public static IServiceCollection AddConsoles(this IServiceCollection services)
    {
        services.TryAddSingleton(new ConsoleOptions());
        return services.AddSingleton<RemoteConsoles>();
    }
}
