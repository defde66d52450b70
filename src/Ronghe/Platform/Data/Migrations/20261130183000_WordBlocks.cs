using System.Collections;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ronghe.Platform.Data.Migrations;

/// <summary>Account of the words of days that are over. What is stored later for such days takes the mark off their block.</summary>
public partial class WordBlocks : Migration
{
    const string Upkeep = """
        -- The second of a finding's words is its block of four days. The lock keeps the account from being made while somebody adds to it.
        create function finding_words_unsettle() returns trigger language plpgsql as $$
        begin
            perform pg_advisory_xact_lock_shared(hashtextextended('finding word blocks', 0));
            delete from finding_word_blocks where word = 0 and block in (select words[2] from fresh);
            return null;
        end $$;
        create trigger finding_words_unsettle after insert on finding_words referencing new table as fresh for each statement
            execute function finding_words_unsettle();
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "finding_word_blocks",
            columns: table => new
            {
                block = table.Column<int>(type: "integer", nullable: false),
                word = table.Column<int>(type: "integer", nullable: false),
                bits = table.Column<BitArray>(type: "bit varying", nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_finding_word_blocks", x => new { x.block, x.word }));
        migrationBuilder.Sql(Upkeep);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("drop trigger finding_words_unsettle on finding_words; drop function finding_words_unsettle;");
        migrationBuilder.DropTable(name: "finding_word_blocks");
    }
}
