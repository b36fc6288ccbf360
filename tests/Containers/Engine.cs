using System.Net.Sockets;
using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace Cascade.Containers;

/// <summary>The container engine of this machine, if it answers, and the images of this tree, if they have been built.</summary>
[SetUpFixture]
sealed class Engine
{
    /// <summary>Somebody asked for containers: what is missing is a failure then.</summary>
    static bool AskedFor => Environment.GetEnvironmentVariable("CASCADE_CONTAINERS") is "1" or "true";

    static string Endpoint => Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host ? host : "unix:///var/run/docker.sock";

    public static string Broker => Image("BROKER", "broker");

    public static string MariaDb => Image("MARIADB", "mariadb");

    public static string PostgreSql => Image("POSTGRESQL", "postgresql");

    public static string Agent(string name) =>
        $"{Variable("CASCADE_REGISTRY", "localhost:5000")}/cascade-{name}:{Variable("CASCADE_TAG", "latest")}";

    [OneTimeSetUp]
    public async Task It_answers()
    {
        // The resource reaper is an image of somebody's registry; every container here is disposed of by its test.
        TestcontainersSettings.ResourceReaperEnabled = false;
        if (await WhyNotAsync() is not { } reason)
            return;
        if (AskedFor)
            Assert.Fail($"CASCADE_CONTAINERS asks for containers: {reason}");
        Assert.Ignore(reason);
    }

    /// <summary>Takes a container away: without the reaper, disposing of one only stops it.</summary>
    public static async Task RemoveAsync(string id)
    {
        using var client = Client();
        await client.Containers.RemoveContainerAsync(id, new() { Force = true, RemoveVolumes = true });
    }

    static DockerClient Client() => TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.NewGuid()).Build();

    static async Task<string?> WhyNotAsync()
    {
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri))
            return $"DOCKER_HOST is no address: {Endpoint}";
        if (uri.Scheme == "unix")
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(uri.AbsolutePath));
            }
            catch (SocketException e)
            {
                return $"no container engine answers on {Endpoint} ({e.Message}): start one, or tests/Containers/engine up";
            }
        }

        using var client = Client();
        var there = await client.Images.ListImagesAsync(new() { All = false });
        var tags = there.SelectMany(i => i.RepoTags ?? []).ToHashSet(StringComparer.Ordinal);
        var missing = new[] { Broker, MariaDb, PostgreSql, Agent("nova-proxy"), Agent("cinder-proxy"), Agent("l2-proxy"), Agent("l3-proxy") }.Where(i => !tags.Contains(i)).ToList();
        return missing.Count == 0 ? null : $"images are missing ({string.Join(", ", missing)}): tests/Containers/images/build, agents/deploy/container";
    }

    static string Image(string variable, string name) => Variable($"CASCADE_TEST_{variable}_IMAGE", $"localhost/cascade/{name}:test");

    static string Variable(string name, string otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;
}
