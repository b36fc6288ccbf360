using Cascade.Agent.Child;
using Cascade.OpenStack;
using Cascade.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Images.Tests;

/// <summary>Two clouds of which each test has its own.</summary>
abstract class CloudsTest
{
    Cloud above = null!;
    Cloud below = null!;

    protected FakeCloud Parent { get; private set; } = null!;

    protected FakeCloud Child { get; private set; } = null!;

    protected ParentImages ParentImages => new(above);

    protected ChildCloud ChildCloud => new(below);

    [SetUp]
    public async Task Start_the_clouds()
    {
        Parent = await FakeCloud.StartAsync();
        Child = await FakeCloud.StartAsync();
        above = Client(Parent, "glance");
        below = Client(Child, "child");
    }

    [TearDown]
    public async Task End_the_clouds()
    {
        above.Dispose();
        below.Dispose();
        await Parent.DisposeAsync();
        await Child.DisposeAsync();
    }

    static Cloud Client(FakeCloud fake, string name) => new(
        new()
        {
            Name = name,
            AuthUrl = fake.AuthUrl,
            Username = fake.Keystone.Username,
            Password = fake.Keystone.Password,
            ProjectName = fake.Keystone.ProjectName,
            RegionName = "RegionOne",
        },
        NullLogger<Cloud>.Instance,
        null);

    /// <summary>As a service's own exceptions.</summary>
    protected sealed class Faults : IImageFaults
    {
        public Exception Failed(string why) => new InvalidOperationException(why);

        public Exception NotFound(string imageId) => new KeyNotFoundException(imageId);
    }
}
