using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Networks;

namespace Cascade.Containers;

/// <summary>A network with a broker, and agents beside it.</summary>
sealed class Setting : IAsyncDisposable
{
    public const string Password = "vollmond-im-broker";
    readonly List<IContainer> _containers = [];
    readonly string _directory = Directory.CreateTempSubdirectory("cascade-containers").FullName;
    readonly INetwork _network = new NetworkBuilder().WithName($"cascade-{Guid.NewGuid():N}").Build();

    public IContainer Broker { get; private set; } = null!;

    public static async Task<Setting> WithBrokerAsync(CancellationToken cancelled)
    {
        var setting = new Setting();
        await setting.CreateNetworkAsync(cancelled);
        setting.Broker = await setting.StartAsync(new ContainerBuilder(Engine.Broker)
            .WithEnvironment("RABBITMQ_DEFAULT_USER", "cascade").WithEnvironment("RABBITMQ_DEFAULT_PASS", Password)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Server startup complete")), "broker", cancelled);
        return setting;
    }

    public Task CreateNetworkAsync(CancellationToken cancelled) => _network.CreateAsync(cancelled);

    /// <param name="builder">what differs</param>
    /// <param name="alias">its name on the network</param>
    public async Task<IContainer> StartAsync(ContainerBuilder builder, string alias, CancellationToken cancelled)
    {
        var container = builder.WithNetwork(_network).WithNetworkAliases(alias).WithCleanUp(false).Build();
        _containers.Add(container);
        await container.StartAsync(cancelled);
        return container;
    }

    /// <summary>An agent as an operator runs it: read-only root, no capability, configuration mounted. It need not have started when this ends.</summary>
    public ContainerBuilder Agent(string name, string configuration, params string[] command)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_directory, name)).FullName;
        File.WriteAllText(Path.Combine(directory, name + ".conf"), configuration);
        return new ContainerBuilder(Engine.Agent(name))
            .WithBindMount(directory, "/etc/cascade", AccessMode.ReadOnly)
            .WithCreateParameterModifier(p =>
            {
                p.HostConfig!.ReadonlyRootfs = true;
                p.HostConfig.CapDrop = ["ALL"];
                p.HostConfig.SecurityOpt = ["no-new-privileges"];
            })
            .WithPortBinding(8980, assignRandomHostPort: true)
            .WithCommand(command);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in Enumerable.Reverse(_containers))
        {
            var id = container.Id;
            await container.DisposeAsync();
            await Engine.RemoveAsync(id);
        }

        await _network.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
