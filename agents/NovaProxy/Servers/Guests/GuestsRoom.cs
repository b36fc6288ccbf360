using Cascade.NovaProxy.Servers.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Servers.Guests;

/// <summary>What is asked of, or about, the guest inside, put together.</summary>
internal static class GuestsRoom
{
    public static IServiceCollection AddGuests(this IServiceCollection services) => services
        .AddSingleton<PasswordServer>()
        .AddSingleton<IServerOperation, PasswordOperation>()
        .AddSingleton<Diagnostics>();
}
