namespace Cascade.Architecture;

/// <summary>Who may know whom. A new reference needs a new line here, and a reason in the review.</summary>
sealed class Doors
{
    static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["Cascade.Agent"] = ["Cascade.Mirror", "Cascade.OpenStack", "Cascade.Oslo.Config", "Cascade.Oslo.Messaging", "Cascade.Oslo.Wire"],
        ["Cascade.Contracts.Cinder"] = ["Cascade.Oslo.Wire"],
        ["Cascade.Contracts.Events"] = [],
        ["Cascade.Contracts.Neutron"] = ["Cascade.Oslo.Wire"],
        ["Cascade.Contracts.Nova"] = ["Cascade.Oslo.Wire"],
        // Image copies are made by more than one agent, and a child's image must be the same whoever brings it.
        ["Cascade.Images"] = ["Cascade.Agent", "Cascade.OpenStack", "Cascade.Oslo.Config"],
        ["Cascade.Mirror"] = [],
        // Several agents of the parent's Neutron are one kind of service: they report, hear and look alike.
        ["Cascade.NeutronAgent"] = ["Cascade.Agent", "Cascade.Contracts.Neutron", "Cascade.Mirror", "Cascade.OpenStack"],
        ["Cascade.OpenStack"] = [],
        ["Cascade.Oslo.Config"] = [],
        ["Cascade.Oslo.Messaging"] = ["Cascade.Oslo.Wire"],
        ["Cascade.Oslo.Wire"] = [],
        ["CinderProxy"] = ["Cascade.Agent", "Cascade.Contracts.Cinder", "Cascade.Images", "Cascade.Mirror", "Cascade.OpenStack"],
        ["L2Proxy"] = ["Cascade.Agent", "Cascade.Contracts.Events", "Cascade.Contracts.Neutron", "Cascade.Mirror", "Cascade.NeutronAgent", "Cascade.OpenStack"],
        ["L3Proxy"] = ["Cascade.Agent", "Cascade.Contracts.Events", "Cascade.Contracts.Neutron", "Cascade.Mirror", "Cascade.NeutronAgent", "Cascade.OpenStack"],
        ["NovaProxy"] = ["Cascade.Agent", "Cascade.Contracts.Events", "Cascade.Contracts.Nova", "Cascade.Images", "Cascade.Mirror", "Cascade.OpenStack"],
    };

    // A seam (logging, configuration, dependency injection abstractions) may be anywhere; what does work has one room.
    static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Cascade.Agent"] =
        [
            "MassTransit", "MassTransit.RabbitMQ", "Microsoft.Extensions.Hosting.Systemd", "OpenTelemetry.Exporter.OpenTelemetryProtocol",
            "OpenTelemetry.Exporter.Prometheus.AspNetCore", "OpenTelemetry.Extensions.Hosting", "OpenTelemetry.Instrumentation.Http",
            "OpenTelemetry.Instrumentation.Runtime", "System.CommandLine",
        ],
        ["Cascade.Contracts.Cinder"] = [],
        ["Cascade.Contracts.Events"] = [],
        ["Cascade.Contracts.Neutron"] = [],
        ["Cascade.Contracts.Nova"] = [],
        ["Cascade.Images"] = [],
        ["Cascade.Mirror"] = ["Microsoft.Extensions.Logging.Abstractions"],
        ["Cascade.NeutronAgent"] = [],
        ["Cascade.OpenStack"] = ["Microsoft.Extensions.Http.Resilience", "Microsoft.Extensions.Logging.Abstractions"],
        ["Cascade.Oslo.Config"] = ["Microsoft.Extensions.Configuration"],
        ["Cascade.Oslo.Messaging"] = ["Microsoft.Extensions.Logging.Abstractions", "RabbitMQ.Client", "SharpZipLib"],
        ["Cascade.Oslo.Wire"] = [],
        ["CinderProxy"] = ["Dapper", "Microsoft.Data.Sqlite", "MySqlConnector", "Npgsql"],
        ["L2Proxy"] = [],
        ["L3Proxy"] = [],
        ["NovaProxy"] = [],
    };

    // Tests that measure or speak to the broker itself name its client too; everything else reaches it through its room.
    static readonly Dictionary<string, string[]> OneRoom = new(StringComparer.Ordinal)
    {
        ["RabbitMQ.Client"] = ["Cascade.Oslo.Messaging", "Cascade.Bench", "Cascade.Interop", "Cascade.Oslo.Messaging.Tests", "Cascade.Support"],
        ["Dapper"] = ["CinderProxy"],
        ["Microsoft.Data.Sqlite"] = ["CinderProxy"],
        ["Microsoft.Extensions.Http.Resilience"] = ["Cascade.OpenStack"],
        ["MySqlConnector"] = ["CinderProxy"],
        ["Npgsql"] = ["CinderProxy"],
        ["System.CommandLine"] = ["Cascade.Agent"],
        ["Microsoft.Extensions.Hosting"] = ["Cascade.Agent"],
        ["Microsoft.Extensions.Hosting.Systemd"] = ["Cascade.Agent"],
        ["MassTransit"] = ["Cascade.Agent"],
        ["MassTransit.RabbitMQ"] = ["Cascade.Agent"],
    };

    static IEnumerable<string> ProductProjects => Repository.ProductProjects;

    static IEnumerable<string> AllProjects => Repository.Projects;

    static IEnumerable<string> TestProjects => Repository.Projects.Where(p => p.EndsWith(".Tests.csproj", StringComparison.Ordinal));

    [TestCaseSource(nameof(ProductProjects))]
    public void A_room_knows_only_the_rooms_on_its_list(string project)
    {
        Assert.That(Projects, Does.ContainKey(Repository.NameOf(project)), "a new project needs a line in the door list");
        Assert.That(Repository.References(project), Is.SubsetOf(Projects[Repository.NameOf(project)]));
    }

    [TestCaseSource(nameof(ProductProjects))]
    public void A_room_uses_only_the_packages_on_its_list(string project)
    {
        Assert.That(Packages, Does.ContainKey(Repository.NameOf(project)), "a new project needs a line in the list of packages");
        Assert.That(Repository.Includes(project, "PackageReference"), Is.SubsetOf(Packages[Repository.NameOf(project)]));
    }

    [Test]
    public void No_line_of_the_lists_speaks_of_a_project_that_is_gone()
    {
        var names = ProductProjects.Select(Repository.NameOf).ToList();

        Assert.That(names, Has.Count.GreaterThan(5), "the projects were found");
        Assert.That(Projects.Keys.Union(Packages.Keys), Is.SubsetOf(names));
    }

    [TestCaseSource(nameof(AllProjects))]
    public void A_package_that_does_work_shows_up_in_one_room(string project)
    {
        foreach (var package in Repository.Includes(project, "PackageReference"))
        {
            var rooms = package.StartsWith("OpenTelemetry", StringComparison.Ordinal) ? ["Cascade.Agent"] : OneRoom.GetValueOrDefault(package);
            if (rooms is not null)
                Assert.That(rooms, Does.Contain(Repository.NameOf(project)), package);
        }
    }

    [TestCaseSource(nameof(AllProjects))]
    public void No_agent_knows_another_and_nothing_shipped_knows_a_test(string project)
    {
        var references = Repository.References(project).ToList();
        if (project.StartsWith("agents/", StringComparison.Ordinal))
            Assert.That(references, Has.None.EndsWith("Proxy"), "agents never know each other");
        if (!project.StartsWith("tests/", StringComparison.Ordinal))
            Assert.That(references, Has.None.EndsWith(".Tests").And.None.EqualTo("Cascade.Support"), "nothing shipped knows a test");
    }

    // Style: tests/X.Tests knows X and Support, and through X what X knows.
    [TestCaseSource(nameof(TestProjects))]
    public void A_test_project_knows_what_it_tests_and_what_that_knows(string project)
    {
        var tested = Repository.NameOf(project)[..^".Tests".Length];

        Assert.That(Repository.References(project), Is.SubsetOf(Projects[tested].Append(tested).Append("Cascade.Support")));
    }

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Text("Cascade.Agents.sln").Replace('\\', '/');

        Assert.That(Repository.Projects.Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_room_has_its_tests()
    {
        var tests = Repository.Projects.Select(Repository.NameOf).ToHashSet(StringComparer.Ordinal);

        Assert.That(ProductProjects.Select(Repository.NameOf).Where(p => !tests.Contains(p + ".Tests")), Is.Empty);
    }
}
