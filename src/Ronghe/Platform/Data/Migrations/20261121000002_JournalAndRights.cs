using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Ronghe.Platform.Journal;

namespace Ronghe.Platform.Data.Migrations;

/// <summary>What EF cannot say: the partitioned journal, and the application's role, which may add to the journal but not change it.</summary>
[DbContext(typeof(AppDb))]
[Migration("20261121000002_JournalAndRights")]
public sealed class JournalAndRights : Migration
{
    protected override void Up(MigrationBuilder migration)
    {
        migration.Sql(JournalTables.CreateSql());
        migration.Sql("""
            do $$ begin
                if not exists (select from pg_roles where rolname = 'ronghe_app') then create role ronghe_app nologin; end if;
                if not pg_has_role(current_user, 'ronghe_app', 'member') then execute format('grant ronghe_app to %I', current_user); end if;
            end $$;
            grant usage on schema public to ronghe_app;
            grant select, insert, update, delete on all tables in schema public to ronghe_app;
            grant usage, select on all sequences in schema public to ronghe_app;
            alter default privileges in schema public grant select, insert, update, delete on tables to ronghe_app;
            alter default privileges in schema public grant usage, select on sequences to ronghe_app;
            revoke insert, update, delete on "__EFMigrationsHistory" from ronghe_app;
            do $$ declare part regclass; begin
                for part in select 'journal'::regclass union all select inhrelid::regclass from pg_inherits where inhparent = 'journal'::regclass loop
                    execute format('revoke update, delete, truncate on %s from ronghe_app', part);
                end loop;
            end $$;
            """);
    }

    protected override void Down(MigrationBuilder migration) => migration.Sql("drop table journal");
}
