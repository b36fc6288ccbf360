using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Servers.Details;

/// <summary>What tenants change in the parent's API alone, put together.</summary>
internal static class DetailsRoom
{
    public static IServiceCollection AddDetails(this IServiceCollection services)
    {
        services.TryAddSingleton(new DetailsOptions());
        services.AddSingleton<DetailsMirror>();
        return services.AddSingleton<IWorker>(provider => provider.GetRequiredService<DetailsMirror>());
    }
}
