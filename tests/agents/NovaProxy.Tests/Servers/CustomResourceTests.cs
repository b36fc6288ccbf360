using System.Text.Json.Nodes;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>Flavors that ask placement for what not every cloud has.</summary>
public sealed class CustomResourceTests : WorldTest
{
    [Test]
    public async Task A_flavor_that_asks_for_what_the_child_has_asks_for_it_there()
    {
        World.Child.Placement.Learn("CUSTOM_GPU");
        var vm = Asking(("resources:CUSTOM_GPU", "2"), ("trait:CUSTOM_GPU", "required"), ("resources:CUSTOM_LICENSE", "1"));
        await vm.ActiveAsync();

        Assert.That(Specs(vm), Is.EqualTo(new Dictionary<string, string> { ["resources:CUSTOM_GPU"] = "2", ["trait:CUSTOM_GPU"] = "required" }));
    }

    [Test]
    public async Task A_resize_to_such_a_flavor_does_too()
    {
        World.Child.Placement.Learn("CUSTOM_GPU");
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var resize = new Resizing(World, vm) { Specs = new() { ["resources:CUSTOM_GPU"] = "1" } };
        await resize.ResizedAsync();

        Assert.That(Specs(vm), Is.EqualTo(new Dictionary<string, string> { ["resources:CUSTOM_GPU"] = "1" }));
    }

    [Test]
    public async Task A_child_whose_placement_is_closed_to_us_is_asked_for_none_of_it()
    {
        World.Child.On("GET", "/resource_classes").Fail(int.MaxValue, 403, "Access was denied to this resource.");
        var vm = Asking(("resources:CUSTOM_GPU", "2"));
        await vm.ActiveAsync();

        Assert.That(Specs(vm), Is.Empty);
    }

    [Test]
    public async Task An_ordinary_flavor_costs_no_question()
    {
        await Asking(("hw:cpu_policy", "shared"), ("trait:HW_CPU_X86_AVX", "required")).ActiveAsync();

        Assert.That(World.Child.Count("GET", "/resource_classes"), Is.Zero);
    }

    Wanted Asking(params (string Key, string Value)[] specs) => new(World, edit: row =>
    {
        var extra = row["flavor"]!["nova_object.data"]!["extra_specs"]!.AsObject();
        foreach (var (key, value) in specs)
        {
            extra[key] = (JsonNode)value;
        }
    });

    IReadOnlyDictionary<string, string> Specs(Wanted vm) => World.Child.Nova.AllFlavors.Single(flavor => flavor.Id == vm.Server.FlavorId).ExtraSpecs;
}
