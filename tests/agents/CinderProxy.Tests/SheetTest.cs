using Cascade.CinderProxy;
using Cascade.Support.Sheets;

namespace CinderProxy.Tests;

/// <summary>Texts that operators read, held against the product.</summary>
sealed class SheetTest
{
    [Test]
    public void The_sheet_of_answers_says_what_the_contents_pages_say() =>
        new AnswersSheet("cascade-cinder-proxy", "agents/CinderProxy", [CinderProxyTable.Page(), CinderBackupTable.Page()]).Match();

    [Test]
    public Task The_sample_of_the_configuration_is_what_the_executable_writes() =>
        SampleSheet.MatchAsync("cascade-cinder-proxy", "agents/CinderProxy/deploy/cinder-proxy.conf.sample");
}
