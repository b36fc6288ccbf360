using Microsoft.Extensions.DependencyInjection;

namespace Cascade.L2Proxy;

/// <summary>The nouns of the agent, one line each: what is mirrored, watched, listed and reaped.</summary>
internal static class Nouns
{
    public static IServiceCollection AddNouns(this IServiceCollection services) => services
        .AddMirroring()
        .AddGroups();
}
